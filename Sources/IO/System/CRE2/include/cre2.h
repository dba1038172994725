#pragma once
// Placeholder
int cre2_placeholder(void);
