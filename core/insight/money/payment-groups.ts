import { idIn } from '../transactions/fields.ts';
import { creditedId } from './credit.ts';
import {
  invoicedIds,
  invoicedKey,
  isAdHoc,
  momentOf,
  type PaymentPieces,
  type Preauthorization,
  referenceOf,
  type Told,
} from './payment-pieces.ts';

/** All that belongs to one payment; or to one invoice record that belongs to none. */
export interface PaymentGroup {
  readonly reference: string | null;
  link: string | null;
  readonly preauthorizations: Preauthorization[];
  readonly sessions: Told[];
  readonly cdrs: Told[];
  readonly confirmations: Told[];
  readonly invoices: Told[];
  /** Ids in its invoice records that no CDR has. */
  readonly unknownCdrs: string[];
}

/**
 * Puts together what has the same authorization_reference on one link; what is ours belongs to whichever link has it. Invoice
 * records go by the ids of their CDRs, else by invoice_reference_id (digest 6.9, 6.10).
 */
export function groupPayments(pieces: PaymentPieces): readonly PaymentGroup[] {
  const groups = new Map<string, PaymentGroup>();
  const byReference = new Map<string, PaymentGroup[]>();
  const others: PaymentGroup[] = [];
  const groupOf = new Map<Told, PaymentGroup>();

  const groupFor = (link: string | null, reference: string): PaymentGroup => {
    const folded = reference.toLowerCase();
    const known = byReference.get(folded) ?? [];
    const own = known.find(group => group.link === link || group.link === null || link === null);
    if (own !== undefined) {
      own.link ??= link;
      return own;
    }
    const made = emptyGroup(reference, link);
    groups.set(`${link ?? ''} ${folded}`, made);
    byReference.set(folded, [...known, made]);
    return made;
  };
  const place = (group: PaymentGroup, list: 'sessions' | 'cdrs' | 'confirmations', told: Told): void => {
    addOnce(group[list], told);
    groupOf.set(told, group);
  };
  const alone = new Map<string, PaymentGroup[]>();
  /** Without a reference it stands alone, but for its copy. */
  const placeAlone = (list: 'sessions' | 'cdrs' | 'confirmations', told: Told): void => {
    const key = `${list} ${keyOf(told)}`;
    const known = keyOf(told) === '' ? [] : (alone.get(key) ?? []);
    const same = known.find(group => group.link === told.link || told.link === null);
    const group = same ?? emptyGroup(null, told.link);
    if (same === undefined) {
      others.push(group);
      alone.set(key, [...known, group]);
    }
    place(group, list, told);
  };

  for (const order of pieces.preauthorizations) groupFor(order.link, order.reference).preauthorizations.push(order);
  for (const told of theirsFirst(pieces.confirmations)) {
    const reference = referenceOf(told.object);
    if (reference !== undefined) place(groupFor(told.link, reference), 'confirmations', told);
    else placeAlone('confirmations', told);
  }
  for (const kind of ['sessions', 'cdrs'] as const) {
    for (const told of theirsFirst(pieces[kind])) {
      const reference = referenceOf(told.object);
      const adHoc = isAdHoc(told.object);
      if (reference !== undefined && (adHoc || byReference.has(reference.toLowerCase()))) {
        place(groupFor(told.link, reference), kind, told);
      } else if (adHoc && !isCredit(told)) placeAlone(kind, told);
    }
  }
  const all = [...groups.values(), ...others];
  addCredits(all, pieces.cdrs, groupOf);
  return [...all, ...addInvoices(all, pieces, groupOf)];
}

function theirsFirst(told: readonly Told[]): Told[] {
  return [...told].sort((left, right) => Number(left.link === null) - Number(right.link === null));
}

/** What is both ours and a partner's, as after copying it, counts once; so does what was told again: as it was told last. */
function addOnce(list: Told[], told: Told): void {
  const at = list.findIndex(one => keyOf(one) === keyOf(told));
  const known = list[at];
  if (known === undefined) list.push(told);
  else if (momentOf(told) > momentOf(known)) list[at] = told;
}

function emptyGroup(reference: string | null, link: string | null): PaymentGroup {
  return {
    ...{ reference, link, preauthorizations: [], sessions: [], cdrs: [], confirmations: [], invoices: [] },
    unknownCdrs: [],
  };
}

function isCredit({ object }: Told): boolean {
  return creditedId(object) !== undefined;
}

/** A credit CDR without the reference still belongs to what it takes back. */
function addCredits(groups: readonly PaymentGroup[], cdrs: readonly Told[], groupOf: Map<Told, PaymentGroup>): void {
  const byId = Map.groupBy(
    groups.flatMap(group => group.cdrs.map(cdr => ({ group, link: cdr.link, key: keyOf(cdr) }))),
    ({ key }) => key,
  );
  for (const cdr of theirsFirst(cdrs)) {
    const reference = creditedId(cdr.object);
    if (reference === undefined || groupOf.has(cdr)) continue;
    const group = ofLink(byId.get(reference.toLowerCase()), cdr.link)?.group;
    if (group === undefined) continue;
    addOnce(group.cdrs, cdr);
    groupOf.set(cdr, group);
  }
}

/** Gives what is left: invoice records of CDRs that nobody paid for at a terminal. */
function addInvoices(
  groups: readonly PaymentGroup[],
  { cdrs, invoices }: PaymentPieces,
  groupOf: ReadonlyMap<Told, PaymentGroup>,
): PaymentGroup[] {
  const known = Map.groupBy(cdrs, ({ object }) => invoicedKey(idIn(object, 'id') ?? ''));
  const byInvoice = new Map<string, PaymentGroup[]>();
  for (const group of groups) {
    for (const { object } of group.cdrs) {
      const reference = idIn(object, 'invoice_reference_id')?.toLowerCase();
      if (reference !== undefined) byInvoice.set(reference, [...(byInvoice.get(reference) ?? []), group]);
    }
  }
  const left: PaymentGroup[] = [];
  for (const invoice of withoutCopies(invoices)) {
    const rest = emptyGroup(null, invoice.link);
    const owners = new Set<PaymentGroup>();
    // Ids are those of one link.
    for (const id of invoicedIds(invoice.object)) {
      const cdr = ofLink(known.get(invoicedKey(id)), invoice.link);
      const owner = cdr && groupOf.get(cdr);
      if (owner !== undefined) owners.add(owner);
      else if (cdr !== undefined) rest.cdrs.push(cdr);
      else rest.unknownCdrs.push(id);
    }
    // So is the number of an invoice.
    for (const owner of byInvoice.get((idIn(invoice.object, 'invoice_id') ?? '').toLowerCase()) ?? []) {
      if (owner.link === invoice.link || owner.link === null || invoice.link === null) owners.add(owner);
    }
    for (const owner of owners) owner.invoices.push(invoice);
    const [only] = owners;
    if (owners.size === 1 && only !== undefined && rest.cdrs.length === 0) only.unknownCdrs.push(...rest.unknownCdrs);
    else if (owners.size === 0 || rest.unknownCdrs.length > 0) left.push({ ...rest, invoices: [invoice] });
  }
  return left;
}

/** An id is one among those of its operator only: what is of the same link, else ours; what is ours may be of any. */
function ofLink<Of extends Pick<Told, 'link'>>(found: readonly Of[] | undefined, link: string | null): Of | undefined {
  const own = found?.find(one => one.link === link) ?? found?.find(one => one.link === null);
  return own ?? (link === null ? found?.[0] : undefined);
}

/** Invoice records of ours that are one of a partner as well are a copy of it. */
function withoutCopies(invoices: readonly Told[]): Told[] {
  const keyed = ({ object }: Told) => `${idIn(object, 'id') ?? ''} ${idIn(object, 'invoice_id') ?? ''}`.toLowerCase();
  const theirs = new Set(invoices.filter(({ link }) => link !== null).map(keyed));
  return invoices.filter(invoice => invoice.link !== null || !theirs.has(keyed(invoice)));
}

function keyOf({ object }: Told): string {
  return (idIn(object, 'id') ?? '').toLowerCase();
}
