/** From rows in the outbox to mail: templates, sender, and the mailbox of development. */
export { MailCannotBeRendered, Templates, type RenderedMail } from './render.js';
export { mailChore, sendDueMail } from './send-due-mail.js';
export type { MailTransport, MailWork } from './mail-work.js';
export { openTransport } from './transport.js';
export { ConversationFailed } from './conversation.js';
export { Mailbox, type ReceivedMail } from './mailbox.js';
