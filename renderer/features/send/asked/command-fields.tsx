import { SegmentedControl } from '@mantine/core';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from './asked.module.css';
import { type AskedField, commandsOf, fieldsOf } from './asked-draft.ts';
import { AskedTextField } from './asked-field.tsx';
import type { FieldPart } from './field-part.ts';
import { WaitFields } from './wait-fields.tsx';

/** Which command, and what it names. */
export function CommandFields(part: FieldPart) {
  const t = useTexts('send');
  const { link, draft, change, choices } = part;
  const commands = commandsOf(link.version);
  const { required, optional } = fieldsOf(draft.command, link.version);
  const suggestions: Partial<Record<AskedField, FieldPart['choices']['locations']>> = {
    location: choices.locations,
    evse: choices.evses,
    connector: choices.connectors,
    session: choices.sessions,
    token: choices.ownTokens,
  };
  const hints: Partial<Record<AskedField, string>> = {
    token: t('tokenHint'),
    expiry: t('expiryHint'),
    ...(draft.command === 'RESERVE_NOW' && { reservation: t('reservationHint') }),
    reference: t('referenceHint'),
  };
  const field = (name: AskedField, isRequired: boolean) => {
    const suggested = suggestions[name];
    const hint = hints[name];
    return (
      <AskedTextField
        key={name}
        {...part}
        field={name}
        label={t(`field-${name}`)}
        required={isRequired}
        whole={name === 'session'}
        {...(name === 'expiry' && { type: 'datetime-local' as const })}
        {...(suggested !== undefined && { suggestions: suggested })}
        {...(hint !== undefined && { description: hint })}
      />
    );
  };
  return (
    <>
      <SegmentedControl
        aria-label={t('field-command')}
        fullWidth
        value={draft.command}
        onChange={value => change({ command: commands.find(command => command === value) ?? 'START_SESSION' })}
        data={commands.map(command => ({ value: command, label: t(`command-${command}`) }))}
      />
      <div className={styles['fields']}>
        {required.map(name => field(name, true))}
        {optional.map(name => field(name, false))}
        <WaitFields {...part} waits />
      </div>
      {draft.command === 'UNLOCK_CONNECTOR' && <p className={styles['hint']}>{t('unlockHint')}</p>}
    </>
  );
}
