import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';
import { useUiTexts } from './ui-texts.ts';

export interface DialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** Pixels it is wide where there is room. */
  readonly size: number;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Mantine's own head is a banner to assistive technology, of which a page has one: this one is none. */
export function Dialog({ opened, title, size, onClose, children }: DialogProps) {
  const texts = useUiTexts();
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size} centered>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content>
        <Modal.Body>
          <div className={styles['head']}>
            <Modal.Title>{title}</Modal.Title>
            <Modal.CloseButton aria-label={texts.close} />
          </div>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
