#pragma once

/// Gets a URL over and over with bare libcurl, so many requests at once on one thread, for so many seconds.
///
/// Returns how many were answered with 200; -1 if one was not, or the library could not be set up.
long reference_client_run(const char *url, int requests, double seconds);
