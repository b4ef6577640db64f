import { useQueryClient } from '@tanstack/react-query';
import { ACCOUNT_KEY } from '../../api/account.ts';
import { api, type Schema, unwrap } from '../../api/client.ts';

import type { WebhookEvent } from '../../components/event-words.ts';

/** Key of the list of endpoints; those of one endpoint begin with it. */
export const ENDPOINTS_KEY = ['webhooks'] as const;
/** Key of one endpoint. */
export const endpointKey = (id: string) => [...ENDPOINTS_KEY, id] as const;
/** Key of an endpoint's deliveries: the list's pages and single ones. */
export const deliveriesKey = (id: string) => [...endpointKey(id), 'deliveries'] as const;

/** Reads the list and the account's notices again after a change to an endpoint. */
export function useEndpointsChanged(): () => void {
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries({ queryKey: ENDPOINTS_KEY, exact: true });
    void queryClient.invalidateQueries({ queryKey: ACCOUNT_KEY });
  };
}

/** The actions on one endpoint; each throws the error of the API. */
export function useEndpointWork(id: string) {
  const queryClient = useQueryClient();
  const changed = useEndpointsChanged();
  const params = { path: { id } };
  return {
    change: async (body: Schema<'WebhookChange'>) => {
      const endpoint = await unwrap(api.PATCH('/api/v1/webhooks/{id}', { params, body }));
      queryClient.setQueryData(endpointKey(id), endpoint);
      changed();
    },
    remove: async () => {
      await queryClient.cancelQueries({ queryKey: endpointKey(id) });
      await unwrap(api.DELETE('/api/v1/webhooks/{id}', { params }));
      changed();
    },
    forget: () => queryClient.removeQueries({ queryKey: endpointKey(id) }),
    rotate: () => unwrap(api.POST('/api/v1/webhooks/{id}/rotate-secret', { params })),
    test: async (event: WebhookEvent) => {
      const body = { event };
      const delivery = await unwrap(api.POST('/api/v1/webhooks/{id}/test', { params, body }));
      void queryClient.invalidateQueries({ queryKey: deliveriesKey(id) });
      return delivery;
    },
  };
}
