/* What is written in Rust asks Windows for random numbers here; Wine 8 has no such library. This one passes on those of
   Wine's advapi32. It lies in the system folder of the Wine that builds and tries, and is never shipped. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(void *buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(unsigned char *buffer, SIZE_T length)
{
    return SystemFunction036(buffer, (ULONG)length);
}
