package io.tubelet.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.VitSize;
import io.tubelet.tensor.Precision;
import org.junit.jupiter.api.Test;

class StepCaseTest {

  @Test
  void operations_vitB_areSixTimesTheMultiplyAddsOfEachClip() {
    StepCase step = full(Family.VIDEOMAE, VitSize.BASE, Encoding.SPARSE);

    assertThat(step.forwardMultiplyAdds() / 1e9).isCloseTo(33.35, within(0.005));
    assertThat(step.operations()).isEqualTo(6.0 * 2 * step.forwardMultiplyAdds());
  }

  /**
   * Table 1 of mae_st: 627.5 against 81.0 GFLOPs. Ours does less than that sparse, as pixels of
   * hidden tokens are not projected and visible ones do not leave the decoder's last block.
   */
  @Test
  void operations_denseVitL_areThoseOfTheFirstTable() {
    StepCase dense = full(Family.MAE_ST, VitSize.LARGE, Encoding.DENSE);
    StepCase sparse = full(Family.MAE_ST, VitSize.LARGE, Encoding.SPARSE);

    assertThat(dense.forwardMultiplyAdds() / 1e9).isCloseTo(627.5, within(1.0));
    assertThat(sparse.forwardMultiplyAdds() / 1e9).isCloseTo(78.7, within(0.05));
    assertThat(dense.operations() / sparse.operations()).isCloseTo(7.97, within(0.01));
  }

  @Test
  void model_decoderWidth_replacesThePapersAndItsHeads() {
    MaskedAutoencoderConfig videoMae = withWidth(Family.VIDEOMAE, 256).model();
    MaskedAutoencoderConfig maeSt = withWidth(Family.MAE_ST, 256).model();

    assertThat(videoMae.decoder().width()).isEqualTo(256);
    assertThat(videoMae.decoder().heads()).isEqualTo(4);
    assertThat(maeSt.decoder().width()).isEqualTo(256);
    assertThat(maeSt.decoder().heads()).isEqualTo(16);
    assertThat(withWidth(Family.MAE_ST, 0).model().decoder().width()).isEqualTo(512);
  }

  @Test
  void expectedBytes_denseEncoder_areMore() {
    long sparse = full(Family.VIDEOMAE, VitSize.BASE, Encoding.SPARSE).expectedBytes(94_000_000);
    long dense = full(Family.VIDEOMAE, VitSize.BASE, Encoding.DENSE).expectedBytes(94_000_000);

    assertThat(dense).isGreaterThan(2 * sparse);
  }

  @Test
  void new_nonsense_namesTheOptionAndTheNumber() {
    assertComplaint(0, 4, 0, 0.9, 16, 224, "batch must be at least 1, got 0");
    assertComplaint(2, 0, 0, 0.9, 16, 224, "decoder-depth must be at least 1, got 0");
    assertComplaint(2, 4, 100, 0.9, 16, 224, "decoder-width must be a multiple of 64");
    assertComplaint(2, 4, 0, 1.5, 16, 224, "mask-ratio must lie between 0 and 1");
    assertComplaint(2, 4, 0, Double.NaN, 16, 224, "mask-ratio must lie between 0 and 1");
    assertComplaint(2, 4, 0, 0.1, 16, 32, "mask-ratio 0.1 leaves none of 32 tokens");
    assertComplaint(2, 4, 0, 0.9, 15, 224, "frames must be a multiple of 2");
    assertComplaint(2, 4, 0, 0.9, 16, 200, "size must be a multiple of 16");
  }

  private static void assertComplaint(
      int batch, int depth, int width, double ratio, int frames, int side, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new StepCase(
                    Family.VIDEOMAE,
                    VitSize.BASE,
                    batch,
                    Precision.FP32,
                    Encoding.SPARSE,
                    Decoding.FULL,
                    depth,
                    width,
                    ratio,
                    frames,
                    side))
        .withMessageStartingWith(message);
  }

  private static StepCase full(Family family, VitSize size, Encoding encoding) {
    return new StepCase(
        family, size, 2, Precision.FP32, encoding, Decoding.FULL, 4, 0, 0.9, 16, 224);
  }

  private static StepCase withWidth(Family family, int width) {
    return new StepCase(
        family,
        VitSize.BASE,
        2,
        Precision.FP32,
        Encoding.SPARSE,
        Decoding.FULL,
        4,
        width,
        0.9,
        16,
        224);
  }
}
