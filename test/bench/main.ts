/**
 * `npm run bench [-- NAME...] [--check]`: measures, prints each figure beside its bound. With `--check` a figure out of
 * its bounds ends with exit code 1. Timing is never asserted in a test: machines differ, and so do their neighbours.
 */
import { systemClock } from '../../core/clock.ts';
import { browseBench } from './browse.ts';
import { chargesBench } from './charges.ts';
import { checkBench } from './check.ts';
import { explainBench } from './explain.ts';
import { faultsBench } from './faults.ts';
import { type Bench, type Figure, isKept } from './figure.ts';
import { fuzzBench } from './fuzz.ts';
import { healthBench } from './health.ts';
import { historyBench } from './history.ts';
import { killBench } from './kill.ts';
import { logsBench } from './logs.ts';
import { objectsBench } from './objects.ts';
import { ownPagesBench } from './own-pages.ts';
import { priceBench } from './price.ts';
import { pruneBench } from './prune.ts';
import { pullBench } from './pull.ts';
import { receiveBench } from './receive.ts';
import { replayBench } from './replay.ts';
import { reportBench } from './report.ts';
import { serverLoadBench } from './server-load.ts';
import { tokensBench } from './tokens.ts';
import { trafficBench } from './traffic.ts';
import { transactionsBench } from './transactions.ts';
import { windowBench } from './window.ts';

const BENCHES: readonly Bench[] = [
  serverLoadBench,
  faultsBench,
  killBench,
  historyBench,
  fuzzBench,
  tokensBench,
  checkBench,
  objectsBench,
  browseBench,
  pruneBench,
  logsBench,
  pullBench,
  ownPagesBench,
  receiveBench,
  replayBench,
  trafficBench,
  chargesBench,
  explainBench,
  transactionsBench,
  priceBench,
  reportBench,
  healthBench,
  windowBench,
];

const check = process.argv.includes('--check');
const names = process.argv.slice(2).filter(argument => !argument.startsWith('--'));
const unknown = names.filter(name => !BENCHES.some(bench => bench.name === name));
if (unknown.length > 0) {
  console.error(`no bench is named ${unknown.join(', ')}: there are ${BENCHES.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

let broken = 0;
for (const bench of BENCHES.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const began = systemClock.elapsed();
  console.log(`\n${bench.name}: ${bench.about}`);
  for (const figure of await bench.measure()) {
    if (!isKept(figure)) broken++;
    console.log(line(figure));
  }
  console.log(`  (${((systemClock.elapsed() - began) / 1000).toFixed(0)} s)`);
}
if (broken > 0) console.log(`\n${broken} figures are out of their bounds`);
process.exitCode = check && broken > 0 ? 1 : 0;

function line(figure: Figure): string {
  const { name, value, unit, atLeast, atMost, note } = figure;
  const bound = atLeast !== undefined ? `at least ${atLeast}` : atMost !== undefined ? `at most ${atMost}` : '';
  const mark = bound === '' ? '    ' : isKept(figure) ? 'ok  ' : 'OUT ';
  const number = Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
  return `  ${mark}${name.padEnd(58)} ${number.padStart(9)} ${unit.padEnd(6)} ${bound.padEnd(16)} ${note ?? ''}`.trimEnd();
}
