// CLzma: the system library `liblzma` (Debian: liblzma-dev).
#include <lzma.h>
