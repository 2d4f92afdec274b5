#!/usr/bin/env bash
# Typst, @myriaddreamin/typst-ts-node-compiler 0.7.0 (Typst 0.14).
# Expected: a spacing of no width between two words of letters, `#h(0pt)`, lets the line break there, as `#h(0.001pt)` does.
# Seen:     `#h(0pt)` is no place to break; the words stay on one line and run over the edge. The smallest width above nought breaks.
# Why it matters: who breaks long words in letters without leaving U+200B in the text layer of the PDF takes the width of nought first.
# Fails (exit 1) when this is so no more.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error @myriaddreamin/typst-ts-node-compiler@0.7.0 >/dev/null
cat >look.mjs <<'JS'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
const compiler = NodeCompiler.create();
/** Height in points of twenty letters, twice, in a box that holds one of the two. */
function heightWith(spacing) {
  const word = 'a'.repeat(20);
  const mainFileContent = `#set text(size: 10pt)
#context [#metadata(measure(box(width: 120pt, par[${word}${spacing}${word}])).height.pt()) <height>]`;
  const [found] = compiler.query({ mainFileContent }, { selector: '<height>' });
  return found.value;
}
const [none, nought, least] = [heightWith(''), heightWith('#h(0pt)'), heightWith('#h(0.001pt)')];
console.log(JSON.stringify({ none, nought, least }));
if (!(nought === none && least > none)) process.exit(1);
JS
node look.mjs
