import { Button } from '@mantine/core';
import { IconDatabase, IconRoute } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ProductionChip } from '../../../links/production.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { BackLink } from '../back-link.tsx';
import styles from './charge.module.css';
import { type ChargeName, moduleOf, useTransactionOf } from './use-charge.ts';

export interface ChargeHeadProps {
  readonly name: ChargeName;
  readonly production: boolean;
}

/** Which one it is, whose, and the way to all that was said of it. */
export function ChargeHead({ name, production }: ChargeHeadProps) {
  const t = useTexts('reports');
  const transaction = useTransactionOf(name).data;
  const { kind, link, party, id } = name;
  return (
    <header className={styles['head']}>
      <BackLink from="charge" />
      <h1 className={styles['title']}>
        {t(`kind-${kind}`)} <Mono wrap>{id}</Mono>
      </h1>
      <CopyButton text={id} label={t('copyId')} />
      {production && <ProductionChip />}
      <span className={styles['whose']}>
        {link === undefined ? (
          t('ownData')
        ) : (
          <Link to="/partners/link/$name" params={{ name: link }}>
            {link}
          </Link>
        )}
        {party !== undefined && <Mono>{party}</Mono>}
      </span>
      <span className={styles['actions']}>
        {link === undefined && (
          <Button
            variant="default"
            leftSection={<IconDatabase size={14} aria-hidden />}
            renderRoot={props => <Link to="/own" search={{ kind: moduleOf(name), id }} {...props} />}
          >
            {t('toOwn')}
          </Button>
        )}
        {typeof transaction === 'number' && (
          <Button
            leftSection={<IconRoute size={14} aria-hidden />}
            renderRoot={props => <Link to="/transactions/$id" params={{ id: String(transaction) }} {...props} />}
          >
            {t('toTransaction', { id: transaction })}
          </Button>
        )}
      </span>
    </header>
  );
}
