package io.tubelet.video;

/** What one pass over a file taught: enough to find any of its frames without another. */
sealed interface Survey permits FrameIndex, FrameCount {}
