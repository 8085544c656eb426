/** A screen of the desk imports its style sheet; build.mjs loads it with the screen's script. */
declare module '*.css' {}
