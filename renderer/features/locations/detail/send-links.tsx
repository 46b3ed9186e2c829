import { IconSend } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../texts/use-texts.ts';
import type { CommandTarget } from './command-target.ts';
import styles from './detail.module.css';

export type OneClickCommand = 'START_SESSION' | 'RESERVE_NOW' | 'UNLOCK_CONNECTOR';

export interface SendLinksProps {
  readonly target: CommandTarget;
  readonly commands: readonly OneClickCommand[];
  readonly evse?: string;
  readonly connector?: string;
}

/** One click to a command with everything filled in. */
export function SendLinks({ target, commands, evse, connector }: SendLinksProps) {
  const t = useTexts('locations');
  const at = [target.location, evse, connector].filter(Boolean).join(' / ');
  return (
    <span className={styles['send']}>
      <IconSend size={12} aria-hidden />
      {commands.map(command => (
        <Link
          key={command}
          to="/send"
          search={{
            link: target.link,
            form: 'command',
            command,
            location: target.location,
            evse,
            connector,
            to: target.to,
          }}
          aria-label={t(`send-${command}-at`, { at })}
        >
          {t(`send-${command}`)}
        </Link>
      ))}
    </span>
  );
}
