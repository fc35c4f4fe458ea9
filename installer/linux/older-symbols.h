/* glibc 2.29 gave these new versions that differ only in how they report errors. With the older ones, what is compiled on
   glibc 2.31 starts on 2.28 as well. Included before every file (-include). */
#if defined(__x86_64__)
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
#endif
