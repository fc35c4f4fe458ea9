/* Qt 6.9 asks the Windows Runtime which colors the user has chosen, and Wine 8 lacks that class. This one answers with
   the colors of a light Windows 10. It lies in the system folder of the Wine that builds and tries, and is never shipped. */
#include <windows.h>

typedef struct { BYTE alpha, red, green, blue; } Color;
typedef struct { void **methods; } Object;

static const GUID UI_SETTINGS_3 = {0x03021be4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xf7, 0xd0, 0x6d, 0x7b}};
static const GUID UNKNOWN = {0x00000000, 0x0000, 0x0000, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID INSPECTABLE = {0xaf86e2e0, 0xb12d, 0x4c6a, {0x9c, 0x5a, 0xd7, 0xaa, 0x65, 0x10, 0x1e, 0x90}};
static const GUID UI_SETTINGS = {0x85361600, 0x1c63, 0x4627, {0xbc, 0xb1, 0x3a, 0x89, 0xe0, 0xbc, 0x9c, 0x55}};
static const GUID FACTORY = {0x00000035, 0x0000, 0x0000, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static Object settings, colors, factory;

/* Nothing is counted: the three objects live as long as the library. */
static ULONG WINAPI count(void *self) { return 2; }
static HRESULT WINAPI absent(void *self) { return E_NOTIMPL; }

static HRESULT WINAPI query(void *self, const GUID *wanted, void **found)
{
    *found = NULL;
    if (self == &factory) {
        if (IsEqualGUID(wanted, &FACTORY) || IsEqualGUID(wanted, &UNKNOWN) || IsEqualGUID(wanted, &INSPECTABLE))
            *found = &factory;
    } else if (IsEqualGUID(wanted, &UI_SETTINGS_3)) {
        *found = &colors;
    } else if (IsEqualGUID(wanted, &UI_SETTINGS) || IsEqualGUID(wanted, &UNKNOWN) || IsEqualGUID(wanted, &INSPECTABLE)) {
        *found = &settings;
    }
    return *found ? S_OK : E_NOINTERFACE;
}

static HRESULT WINAPI activate(void *self, void **made)
{
    *made = &settings;
    return S_OK;
}

static HRESULT WINAPI color(void *self, int kind, Color *answer)
{
    /* 0 background, 1 foreground, 2 to 8 the accent from its darkest to its lightest shade */
    Color white = {255, 255, 255, 255}, black = {255, 0, 0, 0}, blue = {255, 0, 120, 215};
    *answer = kind == 0 ? white : kind == 1 ? black : blue;
    return S_OK;
}

static HRESULT WINAPI heed(void *self, void *listener, INT64 *token)
{
    *token = 1;
    return S_OK;
}

static HRESULT WINAPI forget(void *self, INT64 token) { return S_OK; }

static void *of_settings[32] = {query, count, count};
static void *of_colors[] = {query, count, count, absent, absent, absent, color, heed, forget};
static void *of_factory[] = {query, count, count, absent, absent, absent, activate};

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(void *name, void **found)
{
    *found = &factory;
    return S_OK;
}

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, void *reserved)
{
    for (int slot = 3; slot < 32; slot++)
        of_settings[slot] = absent;
    settings.methods = of_settings;
    colors.methods = of_colors;
    factory.methods = of_factory;
    return TRUE;
}
