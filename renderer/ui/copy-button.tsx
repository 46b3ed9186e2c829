import { ActionIcon, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useUiTexts } from './ui-texts.ts';

export interface CopyButtonProps {
  /** What is copied, or how it is had: asked for when the button is pressed. */
  readonly text: string | (() => Promise<string>);
  /** What the button does: "Copy the versions URL". */
  readonly label: string;
}

const SHOWN_MS = 1500;

export function CopyButton({ text, label }: CopyButtonProps) {
  const texts = useUiTexts();
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  const said = outcome === undefined ? label : outcome === 'copied' ? texts.copied : texts.copyFailed;
  const Icon = outcome === undefined ? IconCopy : outcome === 'copied' ? IconCheck : IconAlertTriangle;
  return (
    <Tooltip label={said} {...(outcome === undefined ? {} : { opened: true })}>
      <ActionIcon aria-label={said} variant="subtle" color="gray" onClick={() => void copy()}>
        <Icon size={14} />
      </ActionIcon>
    </Tooltip>
  );
}
