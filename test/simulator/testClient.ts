/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import axios, { type AxiosInstance } from 'axios';
import type { Simulator } from './simulator';

/** A client that answers with every status instead of throwing, with the key unless told otherwise. */
export function clientOf(simulator: Simulator, headers?: Record<string, string>): AxiosInstance {
	return axios.create({
		baseURL: simulator.url,
		headers: headers ?? { 'x-api-key': simulator.apiKey },
		validateStatus: () => true,
		maxRedirects: 0,
		maxBodyLength: Infinity,
	});
}

/** Submits to v2 and gives the id. */
export async function submitted(
	client: AxiosInstance,
	slug: string,
	body: object,
): Promise<string> {
	const { data } = await client.post<{ request_id: string }>(`/v2/${slug}`, body);
	return data.request_id;
}

/** Polls a path until its status is one of those that end a job. */
export async function ended(client: AxiosInstance, path: string) {
	for (;;) {
		const answer = await client.get<Record<string, unknown>>(path);
		const { status } = answer.data;
		if (status !== 'QUEUED' && status !== 'PROCESSING') return answer;
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
