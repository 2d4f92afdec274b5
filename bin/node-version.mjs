// Which versions of Node the packages we stand on take. package.json says it once (`engines`); npm only warns about it.

/** Whether a version (`22.14.0`) lies in a range of the form `^20.19 || ^22.13 || >=24.11`. */
export function isInRange(version, range) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return range.split('||').some((part) => {
    const [, sign, from, least] = /^\s*(\^|>=)(\d+)\.(\d+)\s*$/.exec(part) ?? [];
    if (sign === undefined) throw new Error(`engines: ${part.trim()} is no range that bin/node-version.mjs reads`);
    if (major === Number(from)) return minor >= Number(least);
    return sign === '>=' && major > Number(from);
  });
}

/** What to tell who starts with another version; null when this one will do. */
export function wrongNode(version, range) {
  if (isInRange(version, range)) return null;
  return `Node ${version} will not do: Regioloket needs Node ${range}. Install one of these and start again.`;
}
