#!/usr/bin/env bash
# @myriaddreamin/typst-ts-node-compiler 0.7.0: NodeCompiler.create({ fontArgs: [{ fontPaths }] }).
# Expected: fonts that are named in `fontArgs` are the fonts; what the machine has installed besides is not looked at.
# Seen:     they are added to those of the machine: a family that only fontconfig knows is used all the same, so the same letter gets other bytes on
#           another machine.
# Why it matters: a letter that must be printed again byte by byte needs families that no machine has, and `fallback: false`.
# Fails (exit 1) when this is so no more.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error @myriaddreamin/typst-ts-node-compiler@0.7.0 @expo-google-fonts/roboto-mono@0.4.2 >/dev/null
mkdir machine empty own cache
cp "$(find node_modules/@expo-google-fonts/roboto-mono -name 'RobotoMono_400Regular.ttf' | head -n 1)" machine/
# Two machines: one has the font installed, the other has none.
for one in machine empty; do
  printf '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s/%s</dir><cachedir>%s/cache</cachedir></fontconfig>' \
    "$folder" "$one" "$folder" >"$one.conf"
done
cat >look.mjs <<'JS'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: ['own'] }] });
const mainFileContent = `#set text(size: 10pt, font: "Roboto Mono")
#context [#metadata(measure[iiiiiiiiii].width.pt()) <width>]`;
const [found] = compiler.query({ mainFileContent }, { selector: '<width>' });
console.log(found.value);
JS
with="$(FONTCONFIG_FILE="$folder/machine.conf" node look.mjs)"
without="$(FONTCONFIG_FILE="$folder/empty.conf" node look.mjs)"
printf 'width of ten letters: %s with the font on the machine, %s without it\n' "$with" "$without"
[ "$with" != "$without" ]
