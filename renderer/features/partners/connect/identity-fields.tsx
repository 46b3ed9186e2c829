import { NativeSelect, TextInput } from '@mantine/core';
import { useTexts } from '../../../texts/use-texts.ts';
import { WriteBar } from '../link-chips.tsx';
import styles from './connect-page.module.css';
import type { Identity } from './use-identity.ts';

export interface IdentityFieldsProps {
  readonly identity: Identity;
  readonly tried: boolean;
  /** The link is there already: its name is taken by itself. */
  readonly made?: boolean;
}

/** What the new link is called and which environment it leads to. */
export function IdentityFields({ identity, tried, made = false }: IdentityFieldsProps) {
  const t = useTexts('partners');
  const { problem } = identity;
  const told = problem !== undefined && !made && (tried || identity.name !== '');
  return (
    <>
      <div className={styles['pair']}>
        <TextInput
          label={t('form-name')}
          value={identity.name}
          onChange={event => identity.setName(event.currentTarget.value)}
          error={told ? t(`form-problem-${problem}`) : null}
          required
        />
        <TextInput
          label={t('form-organisation')}
          placeholder={identity.name}
          value={identity.organisation}
          onChange={event => identity.setOrganisation(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('form-environment')}
          value={identity.environment}
          onChange={event =>
            identity.setEnvironment(event.currentTarget.value === 'production' ? 'production' : 'test')
          }
          data={[
            { value: 'test', label: t('settings-test') },
            { value: 'production', label: t('settings-production') },
          ]}
        />
      </div>
      <WriteBar environment={identity.environment} />
    </>
  );
}
