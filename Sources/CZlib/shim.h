// CZlib: the system library `zlib` (Debian: zlib1g-dev).
#include <zlib.h>
