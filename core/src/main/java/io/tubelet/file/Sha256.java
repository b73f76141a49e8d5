package io.tubelet.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest by which content is recognised, wherever the project needs one. */
public final class Sha256 {
  private final MessageDigest digest;

  /** Of nothing yet. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Takes in the remaining bytes of {@code piece}. */
  public void add(ByteBuffer piece) {
    digest.update(piece);
  }

  /** The digest of all that was taken in, in hexadecimal; then begins anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
