// CGcrypt: the system library `libgcrypt` (Debian: libgcrypt20-dev).
#include <gcrypt.h>

// gcry_control is variadic, which Swift does not import.
static inline gcry_error_t suwen_gcry_finish_initialization(void) {
    // Where memory can't be locked, secure memory is still wiped; the warning on standard error would help nobody.
    gcry_control(GCRYCTL_DISABLE_SECMEM_WARN);
    return gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
}
