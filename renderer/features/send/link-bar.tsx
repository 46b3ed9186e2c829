import { NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { LinkView } from '../../../core/contract/links.ts';
import { ProductionBar, ProductionSign } from '../../links/production.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import styles from './send.module.css';
import { isSendable } from './sendable-links.ts';

export interface LinkBarProps {
  readonly links: readonly LinkView[];
  readonly link: LinkView | undefined;
  readonly onLink: (name: string) => void;
}

/** The rest is a number that leads to them. */
const PARTIES_SHOWN = 3;

/** To whom it goes; a production partner is told unmistakably. */
export function LinkBar({ links, link, onLink }: LinkBarProps) {
  const t = useTexts('send');
  const common = useTexts('common');
  const listed = links.filter(one => isSendable(one) || one === link);
  const production = link?.environment === 'production';
  return (
    <>
      <Toolbar label={t('toWhom')}>
        <label className={styles['to']} htmlFor="send-link">
          {t('to')}
        </label>
        <NativeSelect
          id="send-link"
          value={link?.name ?? ''}
          disabled={listed.length === 0}
          onChange={event => onLink(event.currentTarget.value)}
          data={[
            ...(link === undefined ? [{ value: '', label: t('noLink') }] : []),
            ...listed.map(({ name, environment }) => ({
              value: name,
              label: environment === 'production' ? `${name} · ${common('production')}` : name,
            })),
          ]}
        />
        {link !== undefined && (
          <>
            {production && <ProductionSign />}
            <Mono>{link.version}</Mono>
            <span className={styles['parties']}>
              {link.parties.slice(0, PARTIES_SHOWN).map(({ countryCode, partyId, role }) => (
                <Mono key={`${countryCode} ${partyId} ${role}`}>
                  {countryCode}-{partyId}
                  {role === undefined ? '' : ` ${role}`}
                </Mono>
              ))}
              {link.parties.length > PARTIES_SHOWN && (
                <Link to="/partners/link/$name" params={{ name: link.name }} search={{ tab: 'endpoints' }}>
                  +{link.parties.length - PARTIES_SHOWN}
                </Link>
              )}
            </span>
            {link.readOnly && (
              <Chip tone="warn" title={t('readOnlyHint')}>
                {t('readOnly')}
              </Chip>
            )}
            <Link className={styles['partner']} to="/partners/link/$name" params={{ name: link.name }}>
              {t('showPartner')}
            </Link>
          </>
        )}
      </Toolbar>
      {production && <ProductionBar>{t('productionBar')}</ProductionBar>}
    </>
  );
}
