/** What all handlers may ask of the process. */
export class ServerState {
  /** True from the moment a stop was asked for: nothing new is taken on. */
  draining = false;

  constructor(
    /** Whether this process shows the mailbox of development. */
    readonly hasMailbox: boolean,
  ) {}
}
