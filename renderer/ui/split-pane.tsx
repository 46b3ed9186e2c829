import { CloseButton } from '@mantine/core';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './split-pane.module.css';
import { useUiTexts } from './ui-texts.ts';

export interface SplitPaneProps {
  readonly left: ReactNode;
  /** Nothing: the left side has all the room. */
  readonly right: ReactNode;
  /** Under which the width is kept on this computer. */
  readonly storageKey: string;
  /** Which side keeps its width when the window grows; the right one unless said. */
  readonly side?: 'left' | 'right';
  /** Width of that side in pixels before anyone moved it. */
  readonly initial?: number;
  /** Puts a close button on the right side; Esc closes too. */
  readonly onClose?: () => void;
  /** What the right side is, for those who do not see where it stands. */
  readonly label?: string;
}

const STEP = 24;
const LEAST = 220;
const PREFIX = 'ocpi-workbench.split.';

/** Two panes beside each other; the line between them is moved by mouse, or by arrow keys when it has the focus. */
export function SplitPane(props: SplitPaneProps) {
  const { left, right, storageKey, side = 'right', initial = 430, onClose, label } = props;
  const texts = useUiTexts();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(() => readWidth(storageKey) ?? initial);
  const alone = right === null || right === undefined || right === false;

  const keep = (wanted: number) => {
    const room = frame.current?.clientWidth ?? Number.POSITIVE_INFINITY;
    const next = Math.round(Math.max(LEAST, Math.min(wanted, room - LEAST)));
    setWidth(next);
    localStorage.setItem(PREFIX + storageKey, String(next));
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    keep(side === 'right' ? box.right - event.clientX : event.clientX - box.left);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const towardsRight = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (towardsRight === undefined) return;
    event.preventDefault();
    keep(width + (side === 'right' ? -towardsRight : towardsRight) * STEP);
  };
  const sized = { width: `min(${width}px, calc(100% - ${LEAST}px))` };
  // The left side stays the same element whether it is alone or not: what has the focus in it keeps it.
  return (
    <div className={styles['split']} ref={frame}>
      <div
        className={side === 'left' && !alone ? styles['fixed'] : styles['grow']}
        {...(side === 'left' && !alone && { style: sized })}
      >
        {left}
      </div>
      {!alone && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a rule one can move is a separator with a value, not an hr. */}
          <div
            className={styles['line']}
            role="separator"
            tabIndex={0}
            aria-label={texts.resize}
            aria-orientation="vertical"
            aria-valuenow={width}
            aria-valuemin={LEAST}
            onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
            onKeyDown={onKeyDown}
          />
          <section
            className={classNames(side === 'right' ? styles['fixed'] : styles['grow'], onClose && styles['closable'])}
            aria-label={label}
            {...(side === 'right' && { style: sized })}
            onKeyDown={event => {
              if (event.key !== 'Escape' || event.defaultPrevented) return;
              onClose?.();
            }}
          >
            {onClose !== undefined && (
              <CloseButton className={styles['close'] ?? ''} aria-label={texts.close} onClick={onClose} />
            )}
            {right}
          </section>
        </>
      )}
    </div>
  );
}

function readWidth(storageKey: string): number | undefined {
  const width = Number(localStorage.getItem(PREFIX + storageKey));
  return Number.isFinite(width) && width >= LEAST ? width : undefined;
}
