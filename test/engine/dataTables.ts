import type {
	CreateDataTableColumnOptions,
	DataTableFilter,
	DataTableRow,
	DataTableRowReturn,
	DataTableProxyProvider,
	ListDataTableRowsOptions,
} from 'n8n-workflow';

interface Table {
	id: string;
	name: string;
	columns: CreateDataTableColumnOptions[];
	rows: DataTableRowReturn[];
}

/** n8n's data tables, in memory instead of its database: what the Data table node needs to read and write rows by name. */
export class DataTables {
	private readonly tables: Table[] = [];

	/** The rows of a table, or none if no workflow has made it. */
	rows(name: string): DataTableRowReturn[] {
		return this.tables.find((table) => table.name === name)?.rows ?? [];
	}

	clear(): void {
		this.tables.length = 0;
	}

	/** What n8n's server gives to an execution for them: the part of it that templates need. */
	readonly provider = {
		getDataTableAggregateProxy: async () => this.all(),
		getDataTableProxy: async (_workflow: unknown, _node: unknown, id: string) =>
			one(this.tables.find((table) => table.id === id)!),
	} as unknown as DataTableProxyProvider;

	private all() {
		return {
			getManyAndCount: async ({ filter }: { filter?: { name?: string | string[] } }) => {
				const data = this.tables.filter(({ name }) => name === filter?.name);
				return { count: data.length, data };
			},
			createDataTable: async ({ name, columns }: Omit<Table, 'id' | 'rows'>) => {
				const table = { id: `table-${this.tables.length + 1}`, name, columns, rows: [] };
				this.tables.push(table);
				return table;
			},
		};
	}
}

function one({ id, columns, rows }: Table) {
	const added = (data: DataTableRow): DataTableRowReturn => {
		const empty = Object.fromEntries(columns.map(({ name }) => [name, null]));
		const now = new Date();
		const row = { ...empty, ...data, id: rows.length + 1, createdAt: now, updatedAt: now };
		rows.push(row);
		return row;
	};
	const updateRows = ({ data, filter }: { data: DataTableRow; filter: DataTableFilter }) =>
		matching(rows, filter).map((row) => Object.assign(row, data));
	return {
		getColumns: async () =>
			columns.map((column, index) => ({ ...column, id: column.name, index, dataTableId: id })),
		getManyRowsAndCount: async ({ filter, skip = 0, take }: Partial<ListDataTableRowsOptions>) => {
			const all = matching(rows, filter);
			return { count: all.length, data: all.slice(skip, take && skip + take) };
		},
		insertRows: async (data: DataTableRow[]) => data.map(added),
		updateRows: async (change: { data: DataTableRow; filter: DataTableFilter }) =>
			updateRows(change),
		upsertRow: async (change: { data: DataTableRow; filter: DataTableFilter }) => {
			const updated = updateRows(change);
			return updated.length > 0 ? updated : [added(change.data)];
		},
	};
}

/** The rows that a filter of the conditions "equals" and "does not equal" lets through; null is an empty cell. */
function matching(rows: DataTableRowReturn[], filter?: DataTableFilter): DataTableRowReturn[] {
	const { type = 'and', filters = [] } = filter ?? {};
	return rows.filter((row) => {
		const fits = filters.map(({ columnName, condition, value }) => {
			if (condition !== 'eq' && condition !== 'neq') throw new Error(`Not here: ${condition}`);
			return (row[columnName] === value) === (condition === 'eq');
		});
		return type === 'and' ? fits.every(Boolean) : fits.some(Boolean);
	});
}
