import { Skeleton, Stack } from '@mantine/core';
import { Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { PAGES } from '../routes.ts';
import { CrashBoundary } from './crash-boundary.tsx';

const waiting = (
  <Stack gap="lg" aria-busy="true">
    <Skeleton h={32} w={220} />
    <Skeleton h={120} />
  </Stack>
);

/** The page that the address names, loaded when it is first opened. */
export function PageOutlet() {
  const { pathname } = useLocation();
  return (
    <CrashBoundary key={pathname}>
      <Suspense fallback={waiting}>
        <Routes>
          {PAGES.map(([path, Page]) => (
            <Route key={path} path={path} element={<Page />} />
          ))}
        </Routes>
      </Suspense>
    </CrashBoundary>
  );
}
