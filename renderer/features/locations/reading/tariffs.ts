import { asObject, listAt, numberAt, textAt, textsAt } from './json.ts';

export interface PriceRead {
  readonly type: string;
  readonly price: number | undefined;
  /** Per cent. */
  readonly vat: number | undefined;
  readonly step: number | undefined;
}

export interface ElementRead {
  readonly prices: readonly PriceRead[];
  /** Name and value of each restriction, as sent. */
  readonly restrictions: readonly { readonly name: string; readonly value: string }[];
}

export interface TariffRead {
  readonly id: string;
  readonly currency: string;
  readonly type: string | undefined;
  readonly text: string | undefined;
  readonly taxIncluded: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** For the whole session, without taxes. */
  readonly least: number | undefined;
  readonly most: number | undefined;
  readonly elements: readonly ElementRead[];
}

/** A tariff of any version, as far as it can be read (digest 6.4). */
export function tariffOf(tariff: unknown, language: string): TariffRead {
  return {
    id: textAt(tariff, 'id') ?? '',
    currency: textAt(tariff, 'currency') ?? '',
    type: textAt(tariff, 'type'),
    text: displayText(listAt(tariff, 'tariff_alt_text'), language),
    taxIncluded: textAt(tariff, 'tax_included'),
    from: textAt(tariff, 'start_date_time'),
    to: textAt(tariff, 'end_date_time'),
    least: limit(tariff, 'min_price'),
    most: limit(tariff, 'max_price'),
    elements: listAt(tariff, 'elements').map(element => ({
      prices: listAt(element, 'price_components').map(component => ({
        type: textAt(component, 'type') ?? '?',
        price: numberAt(component, 'price'),
        vat: numberAt(component, 'vat'),
        step: numberAt(component, 'step_size'),
      })),
      restrictions: restrictionsOf(element),
    })),
  };
}

function restrictionsOf(element: unknown) {
  const restrictions = asObject(asObject(element)?.['restrictions']) ?? {};
  return Object.keys(restrictions).flatMap(name => {
    const value = textAt(restrictions, name) ?? textsAt(restrictions, name).join(', ');
    return value === '' ? [] : [{ name, value }];
  });
}

/** 2.2.1 says `excl_vat`, 2.3.0 `before_taxes`. */
function limit(tariff: unknown, name: string): number | undefined {
  return numberAt(tariff, name, 'before_taxes') ?? numberAt(tariff, name, 'excl_vat');
}

/** The text in the language of the page, else the first one. */
export function displayText(texts: readonly unknown[], language: string): string | undefined {
  const own = texts.find(one => textAt(one, 'language')?.toLowerCase().startsWith(language));
  return textAt(own ?? texts[0], 'text');
}
