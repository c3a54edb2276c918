/** How nodes hear each other: the three ways Socket.IO offers over Redis. */
export const ADAPTERS = ['pub/sub', 'sharded pub/sub', 'streams'] as const;
export type AdapterName = (typeof ADAPTERS)[number];
