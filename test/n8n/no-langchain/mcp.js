/** Whatever is asked of it does nothing and gives nothing. */
const nothing = new Proxy({}, { get: () => () => undefined });

// n8n asks for classes of its MCP trigger at every start, and for others in queue mode.
class Nothing {
	static instance() {
		return nothing;
	}
}

// By name, since n8n imports it as a module.
module.exports = {
	McpServer: Nothing,
	QueuedExecutionStrategy: Nothing,
	RedisSessionStore: Nothing,
};
