import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTexts } from '../../../texts/use-texts.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Mono } from '../../../ui/mono.tsx';
import styles from './token-reveal.module.css';
import type { Reveal } from './use-reveal.ts';

interface RevealProps {
  readonly kind: string;
  readonly of: Reveal;
}

export function RevealButton({ kind, of: { doing, reveal } }: RevealProps) {
  const label = useTexts('partners')('token-reveal', { kind });
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} loading={doing.busy} onClick={reveal}>
        <IconEye size={15} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

/** The token in the clear, until it hides itself. */
export function ShownToken({ kind, of: { shown, hide } }: RevealProps) {
  const t = useTexts('partners');
  if (shown === undefined) return null;
  return (
    <span className={styles['shown']}>
      <output aria-label={t('token-shown', { kind })} className={styles['token']}>
        <Mono wrap>{shown}</Mono>
      </output>
      <CopyButton text={shown} label={t('token-copy', { kind })} />
      <Button variant="default" onClick={hide}>
        {t('token-hide')}
      </Button>
    </span>
  );
}
