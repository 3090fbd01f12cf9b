// CLibpq: the system library `libpq` (Debian: libpq-dev).
#include <libpq-fe.h>
