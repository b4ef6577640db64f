import {
  fetchMFAPreference,
  setUpTOTP,
  updateMFAPreference,
  verifyTOTPSetup,
} from '@aws-amplify/auth';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const KEY = ['second-factor'];

/** Whether signing in asks for a code from an authenticator app. */
export function useSecondFactor() {
  return useQuery({
    queryKey: KEY,
    queryFn: async () => (await fetchMFAPreference()).enabled?.includes('TOTP') ?? false,
  });
}

/** A new secret for an authenticator app, as `otpauth:` address and as text to type. */
export function useTotpSecret(email: string) {
  return useQuery({
    queryKey: ['totp-secret'],
    queryFn: async () => {
      const output = await setUpTOTP();
      return { uri: output.getSetupUri('Maillayer', email).href, text: output.sharedSecret };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

/** Turns the second factor on with a code from the app, or off with null. */
export function useSecondFactorChange(onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (code: string | null) => {
      if (code !== null) await verifyTOTPSetup({ code });
      await updateMFAPreference({ totp: code === null ? 'DISABLED' : 'PREFERRED' });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: KEY });
      onDone();
    },
  });
}
