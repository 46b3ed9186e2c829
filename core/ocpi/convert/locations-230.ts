import { ImageCategory } from '../v2_1_1/business-details.ts';
import { ParkingRestriction } from '../v2_1_1/locations.ts';
import type { Image as Image221 } from '../v2_2_1/business-details.ts';
import * as of221 from '../v2_2_1/locations.ts';
import { TokenType } from '../v2_2_1/tokens.ts';
import type { BusinessDetails, Image as Image230 } from '../v2_3_0/business-details.ts';
import type * as of230 from '../v2_3_0/locations.ts';
import { energyMixTo221 } from './energy-mix.ts';
import { knows, onlyKnown } from './enums.ts';
import { mapped } from './prices.ts';

/**
 * Left out: parking places, the phone number for drivers, what the open enums of 2.3.0 allow and 2.2.1 does not have,
 * connectors of a kind it does not have and EVSEs that had no other. Images of an unknown kind are OTHER.
 */
export function locationTo221(location: of230.Location): of221.Location {
  const {
    parking_places: _places,
    help_phone: _phone,
    publish_allowed_to,
    parking_type,
    evses,
    operator,
    suboperator,
    owner,
    facilities,
    images,
    energy_mix,
    ...rest
  } = location;
  // A token of a kind that 2.2.1 does not have opens nothing there.
  const allowed = mapped(publish_allowed_to, all => all.filter(({ type }) => !type || knows(TokenType, type)));
  const parking = mapped(parking_type, type => (knows(of221.ParkingType, type) ? type : undefined));
  const converted = mapped(evses, all => all.flatMap(evseTo221));
  const known = onlyKnown(of221.Facility, facilities);
  const mix = mapped(energy_mix, energyMixTo221);
  return {
    ...rest,
    ...(allowed !== undefined && { publish_allowed_to: allowed }),
    ...(parking !== undefined && { parking_type: parking }),
    ...(converted !== undefined && { evses: converted }),
    ...companies({ operator, suboperator, owner }),
    ...(known !== undefined && { facilities: known }),
    ...imagesTo221(images),
    ...(mix !== undefined && { energy_mix: mix }),
  };
}

function evseTo221(evse: of230.Evse): of221.Evse[] {
  const {
    parking: _parking,
    accepted_service_providers: _providers,
    connectors,
    capabilities,
    parking_restrictions,
    images,
    ...rest
  } = evse;
  const expressed = connectors.flatMap(connectorTo221);
  if (expressed.length === 0 && connectors.length > 0) return [];
  const known = onlyKnown(of221.Capability, capabilities);
  const restricted = onlyKnown(ParkingRestriction, parking_restrictions);
  return [
    {
      ...rest,
      connectors: expressed,
      ...(known !== undefined && { capabilities: known }),
      ...(restricted !== undefined && { parking_restrictions: restricted }),
      ...imagesTo221(images),
    },
  ];
}

function connectorTo221({ capabilities: _, ...connector }: of230.Connector): of221.Connector[] {
  return knows(of221.ConnectorType, connector.standard) ? [connector] : [];
}

type Companies = Pick<of230.Location, 'operator' | 'suboperator' | 'owner'>;

function companies(all: Companies): Pick<of221.Location, 'operator' | 'suboperator' | 'owner'> {
  const written = Object.entries(all).flatMap(([role, company]: [string, BusinessDetails | null | undefined]) =>
    company === undefined ? [] : [[role, mapped(company, companyTo221)] as const],
  );
  return Object.fromEntries(written);
}

function companyTo221({ logo, ...rest }: BusinessDetails) {
  return { ...rest, ...(logo !== undefined && { logo: mapped(logo, imageTo221) }) };
}

function imagesTo221(images: Image230[] | null | undefined): { images?: Image221[] | null } {
  const converted = mapped(images, all => all.map(imageTo221));
  return converted === undefined ? {} : { images: converted };
}

function imageTo221({ category, ...rest }: Image230): Image221 {
  return { ...rest, category: knows(ImageCategory, category) ? category : 'OTHER' };
}
