/** A database with many CDRs, as if they had been pulled and indexed: only reports know nothing of them yet. */
import { systemClock } from '../../core/clock.ts';
import { openDatabase } from '../../core/history/database.ts';
import { openHistory } from '../../core/history/history.ts';
import { createNewObjects, type OwnColumns } from '../../core/history/objects/new-objects.ts';
import { numbersOf } from '../../core/history/objects/numbers.ts';
import { packBlock } from '../../core/history/objects/text-blocks.ts';
import { openTextIndex } from '../../core/history/worker/text-index.ts';
import { DETECTOR_VERSION } from '../../core/ocpi/findings.ts';

const START = Date.UTC(2024, 0, 1);
const MINUTE = 60_000;
/** They began about so far apart, so that a million are of two years. */
const APART = MINUTE;
const PER_BLOCK = 64;
const PER_TRANSACTION = 16_384;
const LISTS = [1, 2, 3, 4];

export async function fillCdrs(file: string, count: number): Promise<void> {
  const opened = await openHistory({ file, clock: systemClock, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.message);
  const { history } = opened;
  const { databaseId } = history;
  const settings = { tokenForm: 'auto' as const, requiredModules: [] };
  const about = {
    environment: 'test' as const,
    state: 'new' as const,
    readOnly: false,
    offeredVersions: [],
    endpoints: [],
  };
  for (const id of LISTS) {
    history.links.insert({ ...about, name: `partner ${id}`, organisation: 'bench', parties: [], settings });
  }
  await history.close();
  writeCdrs(file, count);
  const index = openTextIndex(file, databaseId);
  const known = index.connection.prepare('INSERT INTO object_state (list_id, up_to) VALUES (?, ?)');
  for (const id of LISTS) known.run(id, numbersOf(id).from + perList(count));
  index.connection.close();
}

function perList(count: number): number {
  return count / LISTS.length;
}

function writeCdrs(file: string, count: number): void {
  const opened = openDatabase({ file, readOnly: false, setAside: false, now: 0 });
  if (!opened.ok) throw new Error(opened.message);
  const { database } = opened;
  const add = createNewObjects(database);
  const addList = database.prepare(
    "INSERT INTO object_list (id, link_id, module, list, fields_up_to) VALUES (?, ?, 'cdrs', '', ?)",
  );
  const addBlock = database.prepare('INSERT INTO object_block (id, content) VALUES (?, ?)');
  for (const listId of LISTS) {
    const { from } = numbersOf(listId);
    const each = perList(count);
    addList.run(listId, listId, from + each);
    for (let first = 0; first < each; first += PER_TRANSACTION) {
      database
        .transaction(() => {
          const rows: OwnColumns[] = [];
          for (let at = first; at < Math.min(each, first + PER_TRANSACTION); at += PER_BLOCK) {
            const numbers = Array.from({ length: Math.min(PER_BLOCK, each - at) }, (_, more) => at + more);
            const texts = numbers.map(number => Buffer.from(JSON.stringify(cdrOf(listId * each + number))));
            const block = from + 1 + at / PER_BLOCK;
            const { content, places } = packBlock(texts);
            addBlock.run(block, content);
            for (const [order, number] of numbers.entries()) {
              const id = from + 1 + number;
              const length = texts[order]?.length ?? 0;
              rows.push([
                id,
                `c${number}\nnl-p${listId}\n`,
                `${id}`,
                block,
                places[order] ?? 0,
                length,
                START,
                id,
                1,
                '',
                null,
              ]);
            }
          }
          add([listId, '2.2.1', START, START, 1, 0, DETECTOR_VERSION], rows);
        })
        .immediate();
    }
  }
  database.close();
}

/** 2,000 locations of 2 EVSEs, 20,000 tokens, 12 tariffs, 3 currencies; one in a hundred credits the one before. */
function cdrOf(number: number) {
  const start = START + number * APART;
  const spread = (prime: number, of: number) => (number * prime) % of;
  const at = (ms: number) => new Date(ms).toISOString();
  const kwh = 1 + spread(7919, 80_000) / 1000;
  const hours = 0.25 + spread(104_729, 6000) / 1000;
  const place = spread(15_485_863, 2000);
  const isCredit = number % 100 === 99;
  const cost = (isCredit ? -1 : 1) * Math.round(kwh * 4500);
  return {
    ...{ country_code: 'NL', party_id: `P${number % 3}`, id: `C${number}`, session_id: `S${number}` },
    ...{ start_date_time: at(start), end_date_time: at(start + hours * 60 * MINUTE), auth_method: 'WHITELIST' },
    cdr_token: {
      country_code: 'NL',
      party_id: 'EMP',
      uid: `TOKEN${spread(32_452_843, 20_000)}`,
      type: 'RFID',
      contract_id: 'C',
    },
    cdr_location: {
      ...{ id: `LOC${place}`, name: `Place ${place}`, address: 'Street 1', city: 'Utrecht' },
      country: ['NLD', 'SWE', 'USA'][place % 3],
      coordinates: { latitude: '52.092876', longitude: '5.104480' },
      ...{ evse_uid: `E${place}-${number % 2}`, evse_id: `NL*P*E${place}`, connector_id: '1' },
      ...{ connector_standard: 'IEC_62196_T2', connector_format: 'SOCKET', connector_power_type: 'AC_3_PHASE' },
    },
    currency: ['EUR', 'SEK', 'USD'][place % 3],
    charging_periods: [0, 1].map(period => ({
      start_date_time: at(start + period * hours * 30 * MINUTE),
      dimensions: [
        { type: 'ENERGY', volume: kwh / 2 },
        { type: 'TIME', volume: hours / 2 },
      ],
      tariff_id: `T${number % 12}`,
    })),
    total_cost: { excl_vat: cost / 10_000, incl_vat: Math.round(cost * 1.21) / 10_000 },
    ...{
      total_energy: kwh,
      total_time: hours,
      total_parking_time: hours / 8,
      last_updated: at(start + hours * 60 * MINUTE),
    },
    ...(isCredit ? { credit: true, credit_reference_id: `C${number - 3}` } : {}),
  };
}
