import { useTexts } from '../../../texts/use-texts.ts';
import { AskedTextField } from './asked-field.tsx';
import type { FieldPart } from './field-part.ts';

/** Which party of the partner it is for, and how long its result is waited for. */
export function WaitFields({ waits, ...part }: FieldPart & { readonly waits: boolean }) {
  const t = useTexts('send');
  const { parties, version } = part.link;
  const known = parties.map(({ countryCode, partyId, role }) => ({
    value: `${countryCode}-${partyId}`,
    ...(role !== undefined && { hint: role }),
  }));
  return (
    <>
      {version !== '2.1.1' && (
        <AskedTextField {...part} field="to" label={t('field-to')} suggestions={known} description={t('toHint')} />
      )}
      {waits && <AskedTextField {...part} field="wait" label={t('field-wait')} description={t('waitHint')} />}
    </>
  );
}
