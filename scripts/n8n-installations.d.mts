/** Whether a private package below test/n8n is there as its lock says. */
export function isInstalled(name: string): boolean;
