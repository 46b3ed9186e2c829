import { createSecureContext, getCACertificates, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { WireSettings } from './wire.ts';

/** The authorities of Node and of the system, and the link's own; its client certificate with its key. */
export function trust(settings: WireSettings, offered: SecureContextOptions = {}): SecureContext {
  return createSecureContext({
    ...offered,
    ca: settings.ca === undefined ? usualAuthorities() : [...usualAuthorities(), settings.ca],
    ...(settings.clientCertificate === undefined ? {} : { cert: settings.clientCertificate }),
    ...(settings.clientKey === undefined ? {} : { key: settings.clientKey }),
  });
}

/** Made when it is first asked for, then kept. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const usualAuthorities = lazily(() => [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
