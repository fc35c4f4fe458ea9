/* python.exe for the build under Wine: all of Python is in python311.dll. It is never shipped. */
#include <windows.h>

__declspec(dllimport) int Py_Main(int count, wchar_t **words);

int wmain(int count, wchar_t **words)
{
    return Py_Main(count, words);
}
