import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { Gallery } from './gallery';

// Rows and headers are links; here they lead back to the gallery.
bootstrapApplication(Gallery, { providers: [provideRouter([{ path: '**', children: [] }])] }).catch((error: unknown) =>
  console.error(error),
);
