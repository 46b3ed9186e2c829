/** Objects of one page. */
export const PAGE_SIZE = 1000;

/** Stand in the template where the object's number and the digit of its version go. */
const NUMBER = '#######';
const VERSION = '%';

const STATUSES = ['AVAILABLE', 'CHARGING', 'BLOCKED', 'OUTOFORDER', 'INOPERATIVE'];
const CITIES = ['Gent', 'Köln', 'Göteborg', 'Utrecht', 'Lyon', 'Aarhus', 'Wien', 'Oslo', 'Torino', 'Malmö'];

/** Pages of locations of 2.2.1 with 2 EVSEs of 2 connectors each, made by filling numbers into one text: cheap to have by the million. */
export interface LocationPages {
  /** `version`: 0 to 9; every hundredth location says another one, the rest always 0. */
  page(number: number, version: number): Buffer;
}

export function createLocationPages(): LocationPages {
  const items = Array.from({ length: PAGE_SIZE }, (_, at) => JSON.stringify(location(at)));
  const envelope = { status_code: 1000, status_message: 'Success', timestamp: '2026-04-01T00:00:00Z' };
  const template = Buffer.from(`{"data":[${items.join(',')}],${JSON.stringify(envelope).slice(1)}`);
  const numbers = placesOf(template, NUMBER);
  const perItem = numbers.length / PAGE_SIZE;
  const versions = placesOf(template, VERSION);
  const versionsPerItem = versions.length / PAGE_SIZE;
  return {
    page(number, version) {
      const bytes = Buffer.from(template);
      for (let item = 0; item < PAGE_SIZE; item++) {
        const digits = String(number * PAGE_SIZE + item).padStart(NUMBER.length, '0');
        for (let at = 0; at < perItem; at++) bytes.write(digits, numbers[item * perItem + at] ?? 0, 'latin1');
        const digit = item % 100 === 7 ? version : 0;
        for (let at = 0; at < versionsPerItem; at++) {
          bytes[versions[item * versionsPerItem + at] ?? 0] = 0x30 + digit;
        }
      }
      return bytes;
    },
  };
}

function placesOf(bytes: Buffer, mark: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) places.push(at);
  return places;
}

function location(at: number) {
  return {
    country_code: 'NL',
    party_id: 'TNM',
    id: `LOC${NUMBER}`,
    publish: true,
    name: `Charging at the station ${NUMBER}`,
    address: `Rooseveltlaan ${at % 500}`,
    city: CITIES[at % CITIES.length],
    postal_code: String(9000 + (at % 900)),
    country: 'NLD',
    coordinates: { latitude: (51 + at / 1000).toFixed(6), longitude: (3.7 + at / 1000).toFixed(6) },
    parking_type: 'ON_STREET',
    evses: [1, 2].map(number => evse(at, number)),
    directions: [{ language: 'en', text: 'Left around the corner, then right at the lights' }],
    operator: { name: `Operator ${at % 20}`, website: 'https://operator.example.com' },
    facilities: ['CAFE', 'WIFI'],
    time_zone: 'Europe/Amsterdam',
    opening_times: { twentyfourseven: true },
    charging_when_closed: true,
    energy_mix: { is_green_energy: true, supplier_name: 'Sun and Wind' },
    last_updated: `2026-03-1${at % 10}T08:15:0${VERSION}Z`,
  };
}

function evse(at: number, number: number) {
  const last_updated = `2026-03-1${at % 10}T08:1${number}:00Z`;
  return {
    uid: `${NUMBER}-${number}`,
    evse_id: `NL*TNM*E${NUMBER}*${number}`,
    status: STATUSES[(at + number) % STATUSES.length],
    capabilities: ['REMOTE_START_STOP_CAPABLE', 'RFID_READER', 'RESERVABLE'],
    physical_reference: `${number}${VERSION}`,
    connectors: [1, 2].map(id => ({
      id: String(id),
      standard: id === 1 ? 'IEC_62196_T2' : 'IEC_62196_T2_COMBO',
      format: id === 1 ? 'SOCKET' : 'CABLE',
      power_type: id === 1 ? 'AC_3_PHASE' : 'DC',
      max_voltage: id === 1 ? 230 : 920,
      max_amperage: id === 1 ? 32 : 500,
      max_electric_power: id === 1 ? 22_000 : 150_000,
      tariff_ids: [`T${at % 37}`],
      last_updated,
    })),
    last_updated,
  };
}
