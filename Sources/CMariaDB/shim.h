// CMariaDB: the system library `libmariadb` (Debian: libmariadb-dev).
#include <mysql.h>
