/** A call that cannot be answered, because the core does not answer at all. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  constructor() {
    super('the connection to the workbench is lost');
  }
}
