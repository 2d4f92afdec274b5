/** One host: pg knows no list of them. */
export const POSTGRES_URL =
  /^postgres(ql)?:\/\/(?:[^\s/?#]*@)?(?:\[[\da-fA-F:.]+\]|[^\s/?#@,:[\]]*)(?::\d{1,5})?(?:[/?]\S*)?$/;
export const REDIS_URL = /^rediss?:\/\/[^\s]+$/;
/** A host by name or IPv4: certificates name hosts, and a bracketed address reaches nobody. */
export const SMTP_URL = /^smtps?:\/\/(?:[^\s/?#]*@)?[^\s/?#@,:[\]]+(?::\d{1,5})?(?:[/?]\S*)?$/;
export const CLAMD_URL = /^(tcp:\/\/[^\s/:]+:\d{1,5}|unix:\/[^\s]+)$/;
const PROXY = String.raw`(?:loopback|linklocal|uniquelocal|\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?|[\da-fA-F:]*:[\da-fA-F:]*(?:/\d{1,3})?)`;
export const PROXIES = new RegExp(`^${PROXY}(?:,${PROXY})*$`);
export const MAIL_ADDRESS = /^[^\s<>"@]+@[a-z0-9.-]+$/i;
/** Without a path: pages, styles and the cookie live at the root of a host. */
export const SITE_URL = /^https?:\/\/(?:\[[\da-fA-F:.]+\]|[^\s/?#@:[\]]+)(?::\d{1,5})?$/;
