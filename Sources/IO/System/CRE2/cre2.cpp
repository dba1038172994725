#include <re2/re2.h>
extern "C" { 
#include "cre2.h"
int cre2_placeholder(void) { return 0; } }
