import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';

interface NodeVersion {
  wrongNode(version: string, range: string): string | null;
}
const at = (...path: string[]): string => join(projectFolder(), ...path);
const enginesOf = (...path: string[]): string =>
  (JSON.parse(readFileSync(at(...path, 'package.json'), 'utf8')) as { engines: { node: string } }).engines.node;
const { wrongNode } = (await import(at('bin', 'node-version.mjs'))) as NodeVersion;

it('asks for the versions of Node that TypeORM takes, and the README names the same', () => {
  const range = enginesOf();
  expect(range).toBe(enginesOf('node_modules', 'typeorm').replaceAll('.0 ', ' ').replace(/\.0$/, ''));
  const named = range.split(' || ').map((part) => `${part.replace(/^\D+/, '')}+`);
  expect(readFileSync(at('README.md'), 'utf8')).toContain(`Node ${named.join(', ').replace(/, ([^,]+)$/, ' or $1')}`);
});

it.each(['20.19.0', '20.20.2', '22.13.0', '22.21.1', '24.11.0', '24.99.9', '26.0.0'])(
  'starts on Node %s',
  (version) => {
    expect(wrongNode(version, enginesOf())).toBeNull();
  },
);

it.each(['18.20.0', '20.18.3', '21.7.3', '22.12.0', '23.11.0', '24.10.0'])(
  'says before the start that Node %s will not do',
  (version) => {
    expect(wrongNode(version, enginesOf())).toBe(
      `Node ${version} will not do: Regioloket needs Node ${enginesOf()}. Install one of these and start again.`,
    );
  },
);
