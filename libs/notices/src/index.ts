/** From rows in the outbox to mail: templates, sender, and the mailbox of development. */
export { MailCannotBeRendered, Templates, type RenderedMail } from './render.js';
export { sendDueMail, type MailTransport, type MailWork } from './send-due-mail.js';
export { openTransport } from './transport.js';
export { Mailbox, type ReceivedMail } from './mailbox.js';
