/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { LazyPackageDirectoryLoader, PackageDirectoryLoader } from 'n8n-core';
import { NodeHelpers } from 'n8n-workflow';
import type { ICredentialType, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectFolder } from './n8nFolder';

/** n8n's loader without the descriptions that only the editor needs: 9 MB of JSON to parse for every file of tests. */
class NodesWithoutDescriptions extends LazyPackageDirectoryLoader {
	protected override async readJSON<T>(file: string): Promise<T> {
		return file.startsWith('dist/types/') ? ([] as T) : await super.readJSON<T>(file);
	}
}

/** The nodes and credentials of the loaded packages, looked up by the names that workflows use. */
export class NodeRegistry implements INodeTypes {
	private readonly loaders = new Map<string, PackageDirectoryLoader>();
	private readonly ownNodes = new Map<string, INodeType>();

	/** Loads n8n-nodes-base and, unless it is null, the package in `packageFolder`. */
	static async load(packageFolder: string | null): Promise<NodeRegistry> {
		const registry = new NodeRegistry();
		const base = join(projectFolder, 'node_modules', 'n8n-nodes-base');
		await registry.add(new NodesWithoutDescriptions(base));
		if (packageFolder !== null) await registry.add(new PackageDirectoryLoader(packageFolder));
		return registry;
	}

	private async add(loader: PackageDirectoryLoader): Promise<void> {
		await loader.loadAll();
		this.loaders.set(loader.packageName, loader);
	}

	/** Adds a node that is in no package, to compare others with. */
	addNode(type: string, node: INodeType): void {
		this.ownNodes.set(type, node);
	}

	getByName(type: string): INodeType | IVersionedNodeType {
		const own = this.ownNodes.get(type);
		if (own) return own;
		const dot = type.lastIndexOf('.');
		const loader = this.loaders.get(type.slice(0, dot));
		if (!loader) throw new Error(`No package is loaded that has the node ${type}`);
		const name = type.slice(dot + 1);
		const isKnown = name in loader.known.nodes;
		// The tool that n8n derives from a node runs the node itself.
		return loader.getNode(isKnown ? name : name.replace(/Tool$/, '')).type;
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(type), version);
	}

	/** A module of the package under test, the same instance that its nodes use. */
	moduleOf(packageName: string, file: string): unknown {
		const loader = this.loaders.get(packageName);
		if (!loader) throw new Error(`The package ${packageName} is not loaded`);
		return createRequire(join(loader.directory, 'package.json'))(`./${file}`);
	}

	/** The version that n8n's editor gives to a newly added node. */
	newestVersion(type: string): number {
		const { description } = this.getByNameAndVersion(type);
		return description.defaultVersion ?? [description.version].flat().at(-1) ?? 1;
	}

	getKnownTypes() {
		return Object.assign({}, ...[...this.loaders.values()].map(({ known }) => known.nodes));
	}

	credentialType(name: string): ICredentialType {
		for (const loader of this.loaders.values()) {
			if (name in loader.known.credentials) return loader.getCredential(name).type;
		}
		throw new Error(`No package is loaded that has the credential ${name}`);
	}
}
