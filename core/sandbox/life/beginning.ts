import { formatPartyId } from '../../ocpi/party-id.ts';
import type { Chance } from '../world/chance.ts';
import type { Charge, ChargeToken } from './charge.ts';
import { PLUGGING } from './course.ts';
import { drawDemand } from './demand.ts';
import type { Place } from './place.ts';
import type { LifeData } from './ports.ts';

/** Who charges, and by what right. */
export interface Driver {
  /** Of their provider; absent where that is nobody we are linked with. */
  readonly linkId?: number | undefined;
  readonly token: ChargeToken;
  readonly authMethod: Charge['authMethod'];
  readonly reference?: string | undefined;
  readonly paidByCard?: boolean | undefined;
  /** Wh, after which they leave. */
  readonly wattHours?: number | undefined;
}

export interface Beginning {
  readonly id: string;
  readonly place: Place;
  readonly driver: Driver;
  /** Simulated seconds since the epoch. */
  readonly now: number;
  /** Draws the car. */
  readonly chance: Chance;
  readonly data: Pick<LifeData, 'get'>;
}

/** A session in its first moment: the cable is in, nothing flows yet. */
export function newCharge({ id, place, driver, now, chance, data }: Beginning): Charge {
  const { linkId, token, authMethod, reference, paidByCard, wattHours } = driver;
  const tariff = tariffFor(place, driver, data);
  const currency = tariff?.['currency'];
  const start = Math.floor(now);
  return {
    id,
    ...(linkId === undefined ? {} : { linkId }),
    party: formatPartyId(place.owner),
    location: place.locationId,
    evse: place.evseUid,
    connector: place.connectorId,
    power: place.power,
    currency: typeof currency === 'string' ? currency : 'EUR',
    ...(tariff === undefined ? {} : { tariff }),
    ...(place.timeZone === undefined ? {} : { timeZone: place.timeZone }),
    token,
    authMethod,
    ...(reference === undefined ? {} : { reference }),
    ...(paidByCard ? { paidByCard } : {}),
    status: 'PENDING',
    start,
    at: start,
    nextReport: start + PLUGGING,
    steps: [],
    demand: drawDemand(place.power, { wattHours }, chance),
    limits: [],
    updatedAt: start,
  };
}

/** Who pays by card pays what is asked of cards; everybody else what is asked of everybody (TariffType). */
function tariffFor({ tariffIds }: Place, { token, paidByCard }: Driver, data: Pick<LifeData, 'get'>) {
  const tariffs = tariffIds.map(id => data.get('tariffs', id)).filter(tariff => tariff !== undefined);
  const adHoc = paidByCard || token.type === 'AD_HOC_USER';
  const usual = ({ type }: (typeof tariffs)[number]) => type === undefined || type === null || type === 'REGULAR';
  const chosen = adHoc ? tariffs.find(({ type }) => type === 'AD_HOC_PAYMENT') : undefined;
  return chosen ?? tariffs.find(usual) ?? tariffs[0];
}
