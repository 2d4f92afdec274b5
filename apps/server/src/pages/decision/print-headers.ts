/** Headers of a letter in print; `name` without its ending. Only letters, digits and hyphens of it reach the header. */
export function printHeaders(name: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${name.replace(/[^\w-]/g, '')}.pdf"`,
    'cache-control': 'private, no-store',
  };
}
