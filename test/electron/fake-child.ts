import { EventEmitter } from 'node:events';
import { createCoreHost, type PagePort } from '../../electron/core-host.ts';
import type { CoreChild } from '../../electron/core-keeper.ts';
import type { FromCore, ToCore } from '../../electron/core-messages.ts';

/** A utility process as the window's process sees it, its life in the hands of the test. */
export class FakeChild extends EventEmitter {
  readonly heard: ToCore[] = [];
  killed = false;

  postMessage(message: ToCore, _ports: readonly unknown[] = []) {
    this.heard.push(message);
  }

  kill(): boolean {
    this.killed = true;
    this.ends(143);
    return true;
  }

  tells(message: FromCore) {
    this.emit('message', message);
  }

  ends(code: number) {
    this.emit('exit', code);
  }

  asElectron(): CoreChild {
    return this as unknown as CoreChild;
  }
}

/** The same with the real core in it, over a real database, in this process. */
export class LiveChild extends FakeChild {
  /** With which it ends; anything but 0 is a death. */
  exitCode = 0;
  readonly #host = createCoreHost({
    tell: message => queueMicrotask(() => this.tells(message)),
    end: () => queueMicrotask(() => this.ends(this.exitCode)),
  });

  override postMessage(message: ToCore, ports: readonly unknown[] = []) {
    super.postMessage(message);
    void this.#host.hear(message, ports as readonly PagePort[]);
  }
}
