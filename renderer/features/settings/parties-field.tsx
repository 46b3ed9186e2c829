import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core';
import type { OwnParty } from '../../../core/contract/platform.ts';
import { OwnRole } from '../../../core/contract/platform.ts';
import { useTexts } from '../../texts/use-texts.ts';
import styles from './settings.module.css';

export interface PartiesFieldProps {
  readonly parties: readonly OwnParty[];
  readonly onChange: (parties: readonly OwnParty[]) => void;
}

/** Our parties, a line each. */
export function PartiesField({ parties, onChange }: PartiesFieldProps) {
  const t = useTexts('settings');
  const change = (index: number, change: Partial<OwnParty>) =>
    onChange(parties.map((party, at) => (at === index ? { ...party, ...change } : party)));
  const add = () => {
    const last = parties.at(-1);
    onChange([...parties, { countryCode: last?.countryCode ?? '', partyId: '', role: 'CPO', name: last?.name ?? '' }]);
  };
  return (
    <fieldset className={styles['field']}>
      <legend>{t('parties')}</legend>
      <p className={styles['hint']}>{t('partiesHint')}</p>
      <table className={styles['parties']}>
        <thead>
          <tr>
            <th className={styles['country']}>{t('countryCode')}</th>
            <th className={styles['party']}>{t('partyId')}</th>
            <th className={styles['role']}>{t('role')}</th>
            <th>{t('name')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {parties.map((party, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a party being typed has nothing else of its own.
            <tr key={index}>
              <td>
                <TextInput
                  aria-label={t('countryCode')}
                  value={party.countryCode}
                  maxLength={2}
                  pattern="[A-Z]{2}"
                  title={t('countryShape')}
                  required
                  onChange={event => change(index, { countryCode: event.currentTarget.value.toUpperCase() })}
                />
              </td>
              <td>
                <TextInput
                  aria-label={t('partyId')}
                  value={party.partyId}
                  maxLength={3}
                  pattern="[A-Z0-9]{3}"
                  title={t('partyShape')}
                  required
                  onChange={event => change(index, { partyId: event.currentTarget.value.toUpperCase() })}
                />
              </td>
              <td>
                <NativeSelect
                  aria-label={t('role')}
                  value={party.role}
                  data={OwnRole.options}
                  onChange={event => change(index, { role: OwnRole.parse(event.currentTarget.value) })}
                />
              </td>
              <td>
                <TextInput
                  aria-label={t('name')}
                  value={party.name}
                  maxLength={100}
                  required
                  onChange={event => change(index, { name: event.currentTarget.value })}
                />
              </td>
              <td>
                <CloseButton
                  aria-label={t('removeParty', { party: `${party.countryCode}-${party.partyId}` })}
                  disabled={parties.length === 1}
                  onClick={() => onChange(parties.filter((_, at) => at !== index))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button variant="default" mt={6} onClick={add}>
        {t('addParty')}
      </Button>
    </fieldset>
  );
}
