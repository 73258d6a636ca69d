// passed-over.js REPORT…: fails, naming them, if there are tests that every run (vitest's JSON report) passed over.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const ran = new Set();
const passedOver = new Set();
for (const file of process.argv.slice(2))
  for (const { name, assertionResults } of JSON.parse(readFileSync(file, 'utf8')).testResults)
    for (const { title, status } of assertionResults)
      (status === 'passed' || status === 'failed' ? ran : passedOver).add(`${relative('', name)}: ${title}`);

const nowhere = [...passedOver].filter((test) => !ran.has(test));
for (const test of nowhere) console.log(test);
process.exitCode = nowhere.length > 0 ? 1 : 0;
