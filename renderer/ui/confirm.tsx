import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { createContext, useCallback, useContext, useState } from 'react';
import { useUiTexts } from './ui-texts.ts';

export interface Confirmation {
  readonly title: string;
  readonly text: ReactNode;
  /** What the button says: the verb of what will happen. */
  readonly action: string;
  /** It cannot be taken back, or it reaches a production partner. */
  readonly danger?: boolean;
  /** Has to be typed first. */
  readonly typeToConfirm?: string;
}

type Confirm = (confirmation: Confirmation) => Promise<boolean>;

const ConfirmContext = createContext<Confirm | undefined>(undefined);

/** `if (!(await confirm({ title, text, action }))) return;` Resolves false when it was cancelled or closed. */
export function useConfirm(): Confirm {
  const confirm = useContext(ConfirmContext);
  if (confirm === undefined) throw new Error('useConfirm is called outside of ConfirmProvider');
  return confirm;
}

interface Asked extends Confirmation {
  readonly answer: (yes: boolean) => void;
}

/** Dialogs are at 200. */
const ABOVE = 300;

export function ConfirmProvider({ children }: { readonly children: ReactNode }) {
  const texts = useUiTexts();
  const [asked, setAsked] = useState<Asked>();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const confirm = useCallback<Confirm>(
    confirmation =>
      new Promise(resolve => {
        setTyped('');
        setAsked({ ...confirmation, answer: resolve });
        setOpen(true);
      }),
    [],
  );
  const answer = (yes: boolean) => {
    asked?.answer(yes);
    setOpen(false);
  };
  const phrase = asked?.typeToConfirm;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (phrase === undefined || typed === phrase) answer(true);
  };
  return (
    <ConfirmContext value={confirm}>
      {children}
      <Modal
        opened={open}
        onClose={() => answer(false)}
        title={asked?.title}
        // Above the dialog that may have asked.
        zIndex={ABOVE}
        closeButtonProps={{ 'aria-label': texts.close }}
      >
        <form onSubmit={submit}>
          <Text component="div" size="sm">
            {asked?.text}
          </Text>
          {phrase !== undefined && (
            <TextInput
              mt="sm"
              label={texts.typeToConfirm(phrase)}
              value={typed}
              onChange={event => setTyped(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
          )}
          <Group justify="flex-end" gap="xs" mt="md">
            <Button variant="default" onClick={() => answer(false)}>
              {texts.cancel}
            </Button>
            <Button
              type="submit"
              disabled={phrase !== undefined && typed !== phrase}
              {...(asked?.danger === true && { color: 'red' })}
              {...(phrase === undefined && { 'data-autofocus': true })}
            >
              {asked?.action}
            </Button>
          </Group>
        </form>
      </Modal>
    </ConfirmContext>
  );
}
